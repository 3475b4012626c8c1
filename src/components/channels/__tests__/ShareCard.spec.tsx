import { act, fireEvent, render, screen } from '@testing-library/react';
import React from 'react';

import {
  actionAnswer,
  jobAnswer,
  shareAnswer
} from '../../../api/__tests__/answers';
import { ShareCard } from '../ShareCard';
import { cardProps } from './props';

const size = {
  name: 'piece_size',
  help: 'How large.',
  schema: { type: 'integer' },
  required: false
};

describe('ShareCard', () => {
  it.each([
    ['none', 'not shared'],
    ['begun', 'begun'],
    ['shared', 'shared'],
    ['outdated', 'data changed since']
  ] as const)('says in words that it is %s', (state, words) => {
    render(<ShareCard {...cardProps({ share: shareAnswer({ state }) })} />);
    expect(screen.getByText(words)).not.toBeNull();
  });

  it('links to what was shared, and to nothing else', () => {
    const url = 'https://academictorrents.com/details/1';
    const share = shareAnswer({ state: 'shared', url, at: '2026-01-02' });
    const view = render(<ShareCard {...cardProps({ share })} />);
    expect(screen.getByRole('link').getAttribute('href')).toBe(url);
    const hostile = shareAnswer({ url: 'javascript:alert(1)' });
    view.rerender(<ShareCard {...cardProps({ share: hostile })} />);
    expect(screen.queryByRole('link')).toBeNull();
  });

  it('begins at once what has no options', () => {
    const props = cardProps();
    render(<ShareCard {...props} />);
    fireEvent.click(screen.getByText('Create a torrent'));
    expect(props.onStart).toHaveBeenCalledWith(
      props.share,
      props.share.actions[0],
      {},
      undefined
    );
  });

  it('asks for options first, and closes them once it has begun', async () => {
    const action = actionAnswer({ options: [size], question: 'Really?' });
    const props = cardProps({ share: shareAnswer({ actions: [action] }) });
    render(<ShareCard {...props} />);
    fireEvent.click(screen.getByText('Create a torrent…'));
    fireEvent.change(screen.getByLabelText('Piece size'), {
      target: { value: '256' }
    });
    props.onStart.mockResolvedValueOnce(false);
    await act(async () => fireEvent.submit(screen.getByRole('form')));
    expect(props.onStart).toHaveBeenCalledWith(
      props.share,
      action,
      { piece_size: 256 },
      undefined
    );
    expect(screen.queryByRole('form')).not.toBeNull();
    await act(async () => fireEvent.submit(screen.getByRole('form')));
    expect(screen.queryByRole('form')).toBeNull();
  });

  it('names what the record lacks once, and leads to it', () => {
    const missing = [
      { pointer: '/license', code: 'required', detail: 'Choose a licence.' },
      { pointer: '/options/to', code: 'required', detail: 'Say where.' }
    ];
    const actions = [
      actionAnswer({ missing }),
      actionAnswer({ name: 'register', title: 'Register', missing })
    ];
    const props = cardProps({ share: shareAnswer({ actions }) });
    render(<ShareCard {...props} />);
    expect(screen.getAllByText('Choose a licence.')).toHaveLength(1);
    expect(screen.queryByText('Say where.')).toBeNull();
    fireEvent.click(screen.getByText('Create a torrent'));
    expect(props.onStart).not.toHaveBeenCalled();
    fireEvent.click(screen.getByText('Edit the entry'));
    expect(props.onEdit).toHaveBeenCalledTimes(1);
  });

  it('shows a job on its way in place of what could be done', () => {
    const job = jobAnswer({
      kind: 'share',
      progress: { fraction: 0.5, text: 'Reading the data' }
    });
    const props = cardProps({ job });
    render(<ShareCard {...props} />);
    expect(screen.getByRole('progressbar').getAttribute('value')).toBe('0.5');
    expect(screen.queryByText('Create a torrent')).toBeNull();
    fireEvent.click(screen.getByText('Show'));
    fireEvent.click(screen.getByText('Cancel'));
    expect(props.onShowJob).toHaveBeenCalledWith(job);
    expect(props.onCancel).toHaveBeenCalledWith(job);
  });

  it('leads to the keys where it needs some', () => {
    const props = cardProps({ share: shareAnswer({ keys: ['figshare'] }) });
    render(<ShareCard {...props} />);
    fireEvent.click(screen.getByText('Keys'));
    expect(props.onKeys).toHaveBeenCalledTimes(1);
  });
});
