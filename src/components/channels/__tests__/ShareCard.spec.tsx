import { Clipboard } from '@jupyterlab/apputils';
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
    ['begun', 'started'],
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
    props.onStart.mockResolvedValueOnce([
      { pointer: '/options/piece_size', code: 'pattern', detail: 'Too small.' }
    ]);
    await act(async () => fireEvent.submit(screen.getByRole('form')));
    expect(props.onStart).toHaveBeenCalledWith(
      props.share,
      action,
      { piece_size: 256 },
      undefined
    );
    expect(screen.getByText(/Too small/)).not.toBeNull();
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
    fireEvent.click(screen.getByText('Edit'));
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

  it('offers to copy an address that no browser opens', () => {
    const copy = jest
      .spyOn(Clipboard, 'copyToSystem')
      .mockImplementation(() => undefined);
    const url = 'magnet:?xt=urn:btih:1';
    const share = shareAnswer({ state: 'begun', url });
    render(<ShareCard {...cardProps({ share })} />);
    fireEvent.click(screen.getByText('Copy magnet link'));
    expect(copy).toHaveBeenCalledWith(url);
    expect(screen.queryByText(url)).toBeNull();
  });

  it('says how the last job ended, beside what can be done', () => {
    const ended = { kind: 'share', state: 'succeeded' } as const;
    const job = jobAnswer({
      ...ended,
      result: { text: 'Send this mail.', copy_text: 'Hello' }
    });
    const props = cardProps({ job });
    const view = render(<ShareCard {...props} />);
    expect(screen.getByText('Send this mail.')).not.toBeNull();
    expect(screen.getByText('Create a torrent')).not.toBeNull();
    fireEvent.click(screen.getByText('Show'));
    expect(props.onShowJob).toHaveBeenCalledWith(job);

    const failed = jobAnswer({
      ...ended,
      state: 'failed',
      error: { code: 'upstream', detail: 'It is down.', errors: [] }
    });
    view.rerender(<ShareCard {...props} job={failed} />);
    expect(screen.getByText('It is down.')).not.toBeNull();

    // The state of the channel says the same.
    const plain = jobAnswer({ ...ended, result: { text: 'It is there.' } });
    view.rerender(<ShareCard {...props} job={plain} />);
    expect(screen.queryByText('It is there.')).toBeNull();
    expect(screen.queryByText('Show')).toBeNull();
  });

  it('leads to the keys where it needs some', () => {
    const props = cardProps({ share: shareAnswer({ keys: ['figshare'] }) });
    render(<ShareCard {...props} />);
    fireEvent.click(screen.getByText('Manage keys'));
    expect(props.onKeys).toHaveBeenCalledTimes(1);
  });
});
