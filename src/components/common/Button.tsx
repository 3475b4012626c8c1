import React, { type ButtonHTMLAttributes } from 'react';

export interface IButtonProps extends Omit<
  ButtonHTMLAttributes<HTMLButtonElement>,
  'type' | 'disabled'
> {
  /**
   * The one that most people want is primary; what is said in passing is plain.
   */
  look?: 'primary' | 'plain';
  /**
   * Whether it does nothing for now. It keeps the focus meanwhile, which a disabled one would lose.
   */
  isWaiting?: boolean;
}

/**
 * A button with words on it.
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
