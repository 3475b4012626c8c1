import { fireEvent, render, screen } from '@testing-library/react';
import React from 'react';

import { Button } from '../Button';

describe('Button', () => {
  it('does not submit a form', () => {
    render(<Button>Go</Button>);
    expect(screen.getByRole('button').getAttribute('type')).toBe('button');
  });

  it('keeps the focus while it does nothing', () => {
    const onClick = jest.fn();
    const { rerender } = render(<Button onClick={onClick}>Go</Button>);
    const button = screen.getByRole('button');
    button.focus();
    rerender(
      <Button isWaiting onClick={onClick}>
        Go
      </Button>
    );
    fireEvent.click(button);
    expect(onClick).not.toHaveBeenCalled();
    expect(button.getAttribute('aria-disabled')).toBe('true');
    expect(document.activeElement).toBe(button);
  });

  it('has the look and the class that it is given', () => {
    render(
      <Button look="primary" className="mine">
        Go
      </Button>
    );
    expect(screen.getByRole('button').className).toBe(
      'hnl-Button hnl-mod-primary mine'
    );
  });
});
