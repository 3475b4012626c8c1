import { nullTranslator } from '@jupyterlab/translation';
import { fireEvent, render, screen } from '@testing-library/react';
import React, { useState } from 'react';

import { RunOn, type IPlacement } from '../RunOn';

const trans = nullTranslator.load('test');
const local = { name: 'local', resources: {} };
const slurm = {
  name: 'slurm',
  resources: { account: 'm1234', time: '00:30:00' }
};

function Chosen(props: { onValue: (value: IPlacement) => void }): JSX.Element {
  const [value, setValue] = useState<IPlacement>({
    executor: 'local',
    resources: {}
  });
  return (
    <RunOn
      executors={[local, slurm]}
      value={value}
      onChange={next => {
        props.onValue(next);
        setValue(next);
      }}
      trans={trans}
    />
  );
}

describe('RunOn', () => {
  it('is not there where there is one place only', () => {
    const view = render(
      <RunOn
        executors={[local]}
        value={{ executor: 'local', resources: {} }}
        onChange={jest.fn()}
        trans={trans}
      />
    );
    expect(view.container.innerHTML).toBe('');
  });

  it('asks for resources on Slurm, and shows the usual ones', () => {
    const onValue = jest.fn();
    render(<Chosen onValue={onValue} />);
    expect(screen.queryByLabelText('Account')).toBeNull();
    fireEvent.change(screen.getByLabelText('Run on'), {
      target: { value: 'slurm' }
    });
    expect(onValue).toHaveBeenLastCalledWith({
      executor: 'slurm',
      resources: {}
    });
    const account = screen.getByLabelText<HTMLInputElement>('Account');
    expect(account.placeholder).toBe('m1234');
    fireEvent.change(account, { target: { value: 'm9' } });
    fireEvent.change(screen.getByLabelText('Time limit'), {
      target: { value: '02:00:00' }
    });
    expect(onValue).toHaveBeenLastCalledWith({
      executor: 'slurm',
      resources: { account: 'm9', time: '02:00:00' }
    });
    fireEvent.change(account, { target: { value: '' } });
    expect(onValue).toHaveBeenLastCalledWith({
      executor: 'slurm',
      resources: { time: '02:00:00' }
    });
  });
});
