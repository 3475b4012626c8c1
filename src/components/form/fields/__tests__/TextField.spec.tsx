import '@testing-library/jest-dom';
import { render, screen } from '@testing-library/react';
import React from 'react';

import { description, field, good, setup } from '../../__tests__/formSetup';
import { GrowingText } from '../TextField';

describe('TextField', () => {
  it('shows an example of the schema', async () => {
    await setup({ values: good });
    expect(description(field(/^Nickname/))).toContain('Example: iris');
  });
});

describe('LongTextField', () => {
  it('checks the spelling of Markdown', async () => {
    const { onChange, user } = await setup({ values: good });
    const text = field('Description');
    expect(text).toHaveAttribute('spellcheck', 'true');
    await user.type(text, '*A*');
    expect(onChange).toHaveBeenLastCalledWith({ ...good, description: '*A*' });
  });
});

describe('GrowingText', () => {
  it('is as high as its text', () => {
    jest.spyOn(Element.prototype, 'scrollHeight', 'get').mockReturnValue(300);
    render(<GrowingText value="many lines" readOnly />);
    expect(screen.getByRole('textbox').style.height).toBe('300px');
  });
});
