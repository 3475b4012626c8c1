import { nullTranslator } from '@jupyterlab/translation';
import { act, fireEvent, render, screen } from '@testing-library/react';
import React from 'react';

import { actionAnswer } from '../../../api/__tests__/answers';
import { ActionOptions, readOptions } from '../ActionOptions';

const trans = nullTranslator.load('test');
const option = (
  name: string,
  schema: Record<string, unknown>,
  required = false
) => ({ name, help: `The ${name}.`, schema, required });
const OPTIONS = [
  option('to', { type: 'string' }, true),
  option('form', { enum: ['zip', 'tar.zst'] }),
  option('size', { type: 'integer' }),
  option('trackers', { type: 'array', items: { type: 'string' } }),
  option('private', { type: 'boolean' })
];

describe('readOptions', () => {
  it('reads each by its form', () => {
    const given = {
      to: ' /data ',
      form: 'zip',
      size: '256',
      trackers: ' a \n\n b ',
      private: 'true'
    };
    expect(readOptions(OPTIONS, given)).toEqual({
      to: '/data',
      form: 'zip',
      size: 256,
      trackers: ['a', 'b'],
      private: true
    });
  });

  it('leaves out what was left empty', () => {
    expect(readOptions(OPTIONS, { to: ' ', size: '' })).toEqual({});
  });

  it('sends what is no number as it is', () => {
    expect(readOptions(OPTIONS, { size: 'large' })).toEqual({ size: 'large' });
  });
});

describe('ActionOptions', () => {
  it('has a control for each option, and begins with what was chosen', async () => {
    const onStart = jest.fn(async () => []);
    const onCancel = jest.fn();
    const action = actionAnswer({ options: OPTIONS });
    render(
      <ActionOptions executors={[]} {...{ action, onStart, onCancel, trans }} />
    );
    const submit = screen.getByText('Create a torrent');
    expect(submit.hasAttribute('disabled')).toBe(true);
    fireEvent.change(screen.getByLabelText(/^To/), { target: { value: 'x' } });
    fireEvent.change(screen.getByLabelText('Form'), {
      target: { value: 'tar.zst' }
    });
    fireEvent.change(screen.getByLabelText('Trackers'), {
      target: { value: 'a\nb' }
    });
    fireEvent.click(screen.getByLabelText('Private'));
    expect(submit.hasAttribute('disabled')).toBe(false);
    await act(async () => fireEvent.submit(screen.getByRole('form')));
    const options = {
      to: 'x',
      form: 'tar.zst',
      trackers: ['a', 'b'],
      private: true
    };
    expect(onStart).toHaveBeenCalledWith(options, undefined);
    fireEvent.click(screen.getByText('Cancel'));
    expect(onCancel).toHaveBeenCalledTimes(1);
  });

  it('asks where heavy work runs, where there is a choice', async () => {
    const onStart = jest.fn(async () => []);
    const action = actionAnswer({
      heavy: true,
      options: [option('private', { type: 'boolean' })]
    });
    const executors = [
      { name: 'slurm', resources: {} },
      { name: 'local', resources: {} }
    ];
    render(
      <ActionOptions
        {...{ action, executors, onStart, trans }}
        onCancel={jest.fn()}
      />
    );
    fireEvent.change(screen.getByLabelText('Account'), {
      target: { value: 'm9' }
    });
    await act(async () => fireEvent.submit(screen.getByRole('form')));
    expect(onStart).toHaveBeenCalledWith(
      {},
      { executor: 'slurm', resources: { account: 'm9' } }
    );
  });

  it('shows errors at their options until these change', async () => {
    const onStart = jest.fn(async () => [
      { pointer: '/options/size', code: 'type', detail: 'Give a number.' },
      { pointer: '/options/trackers/1', code: 'pattern', detail: 'No address.' }
    ]);
    const action = actionAnswer({ options: OPTIONS.slice(2) });
    render(
      <ActionOptions
        executors={[]}
        {...{ action, onStart, onCancel: jest.fn(), trans }}
      />
    );
    await act(async () => fireEvent.submit(screen.getByRole('form')));
    const size = screen.getByLabelText('Size');
    const trackers = screen.getByLabelText('Trackers');
    expect(size.getAttribute('aria-invalid')).toBe('true');
    expect(screen.getByText(/Give a number/)).not.toBeNull();
    fireEvent.change(trackers, { target: { value: 'a' } });
    expect(trackers.getAttribute('aria-invalid')).toBeNull();
    expect(screen.queryByText(/No address/)).toBeNull();
    expect(size.getAttribute('aria-invalid')).toBe('true');
  });
});
