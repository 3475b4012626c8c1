import React, { type ButtonHTMLAttributes } from 'react';

export interface IButtonProps extends Omit<
  ButtonHTMLAttributes<HTMLButtonElement>,
  'type' | 'disabled'
> {
  /**
   * Primary for the main action of a view, plain for a minor one.
   */
  look?: 'primary' | 'plain';
  /**
   * Whether a click does nothing for now. Unlike a disabled button, it keeps the focus.
   */
  isWaiting?: boolean;
}

/**
 * A button with a text label.
 */
export function Button(props: IButtonProps): JSX.Element {
  const { look, className, isWaiting, onClick, ...others } = props;
  const classes = ['hnl-Button', look && `hnl-mod-${look}`, className];
  return (
    <button
      type="button"
      className={classes.filter(Boolean).join(' ')}
      {...(isWaiting !== undefined && { 'aria-disabled': isWaiting })}
      {...others}
      onClick={isWaiting ? undefined : onClick}
    />
  );
}
