import { nullTranslator } from '@jupyterlab/translation';
import { fireEvent, render, screen } from '@testing-library/react';
import React from 'react';

import { sessionAnswer } from '../../../api/__tests__/answers';
import { type IPublishButtonsProps, PublishButtons } from '../PublishButtons';

const trans = nullTranslator.load('test');

const { account, hub } = sessionAnswer();

function show(part: Partial<IPublishButtonsProps> = {}): IPublishButtonsProps {
  const props: IPublishButtonsProps = {
    content: { create_pr: false, editing: null },
    session: sessionAnswer(),
    isBusy: false,
    onPreview: jest.fn(),
    onPublish: jest.fn(),
    onDiscard: jest.fn(),
    onAccount: jest.fn(),
    trans,
    ...part
  };
  render(<PublishButtons {...props} />);
  return props;
}

describe('PublishButtons', () => {
  it.each([
    [{ create_pr: false, editing: null }, 'Publish'],
    [{ create_pr: false, editing: 'iris' }, 'Publish the changes'],
    [{ create_pr: true, editing: 'iris' }, 'Publish as pull request']
  ])('say for %j: %s', (content, label) => {
    const { onPublish } = show({ content });
    fireEvent.click(screen.getByRole('button', { name: label }));
    expect(onPublish).toHaveBeenCalledTimes(1);
  });

  it('do nothing while something is being started', () => {
    const { onDiscard, onPreview, onPublish } = show({ isBusy: true });
    screen.getAllByRole('button').forEach(it => fireEvent.click(it));
    for (const called of [onDiscard, onPreview, onPublish]) {
      expect(called).not.toHaveBeenCalled();
    }
  });

  it('preview and discard also without an account', () => {
    const { onAccount, onDiscard, onPreview } = show({
      session: sessionAnswer({ account: null, token: null })
    });
    expect(screen.queryByRole('button', { name: 'Publish' })).toBeNull();
    fireEvent.click(screen.getByText('Preview'));
    fireEvent.click(screen.getByText('Discard'));
    fireEvent.click(screen.getByText('Sign in'));
    expect(onPreview).toHaveBeenCalledTimes(1);
    expect(onDiscard).toHaveBeenCalledTimes(1);
    expect(onAccount).toHaveBeenCalledTimes(1);
  });

  it('say that the Hub does not answer', () => {
    show({
      session: sessionAnswer({
        account: null,
        hub: { ...hub, reachable: false }
      })
    });
    expect(screen.getByText(/you cannot publish now/)).not.toBeNull();
    expect(screen.getByText('Show account')).not.toBeNull();
  });

  it('say why an account that may only read cannot publish', () => {
    const sentence = 'alice may only read.';
    show({
      session: sessionAnswer({
        account: account && { ...account, may: 'read', sentence }
      })
    });
    expect(screen.getByText(sentence)).not.toBeNull();
    expect(screen.queryByRole('button', { name: 'Publish' })).toBeNull();
  });
});
