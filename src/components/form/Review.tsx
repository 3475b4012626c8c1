import React from 'react';

import { useForm } from './context';
import { Checkbox } from './fields/SwitchField';
import type { IEntryFormProps, IPlan } from './types';

export type IReviewProps = Pick<
  IEntryFormProps,
  'options' | 'optionsNote' | 'onOptions' | 'plan' | 'preview' | 'children'
>;

/**
 * How it is to be published, the buttons for it, and below them, so that they stay where they
 * are, what would happen then.
 */
export function Review(props: IReviewProps): JSX.Element {
  const { options, optionsNote, onOptions, plan } = props;
  const { readOnly, trans, idOf } = useForm();
  return (
    <>
      <Checkbox
        id={idOf('private')}
        label={trans.__('Private')}
        help={trans.__('Only members of the organization see it on the Hub.')}
        checked={options.private}
        disabled={readOnly}
        onChange={checked => onOptions({ ...options, private: checked })}
      />
      <Checkbox
        id={idOf('create_pr')}
        label={trans.__('As a pull request')}
        help={
          optionsNote ??
          trans.__(
            'Others review it on the Hub before it becomes public there.'
          )
        }
        checked={options.create_pr}
        disabled={readOnly || optionsNote !== undefined}
        onChange={checked => onOptions({ ...options, create_pr: checked })}
      />
      {props.children}
      {plan ? (
        <Plan plan={plan} />
      ) : (
        <p className="hnl-Field-help">
          {trans.__('A preview lists here what publishing would do.')}
        </p>
      )}
      {props.preview}
    </>
  );
}

function Plan({ plan }: { plan: IPlan }): JSX.Element {
  const { trans, idOf } = useForm();
  return (
    <>
      <h4 className="hnl-Plan-heading" id={idOf('plan')}>
        {trans.__('What will happen')}
      </h4>
      <ol className="hnl-Plan-actions">
        {plan.actions.map(action => (
          <li key={action}>{action}</li>
        ))}
      </ol>
      <h4 className="hnl-Plan-heading">{trans.__('Files')}</h4>
      <ul className="hnl-Plan-files">
        {plan.files.map(({ name, bytes, hub }) => (
          <li key={name}>
            <span className="hnl-Plan-fileName">{name}</span>
            <span className="hnl-Plan-fileDetail">
              {sizeOf(bytes)} ·{' '}
              {hub ? trans.__('Hub and catalog') : trans.__('catalog only')}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}

/**
 * A size for people, in powers of 1024.
 */
function sizeOf(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB'];
  const power = Math.min(
    Math.floor(Math.log2(Math.max(bytes, 1)) / 10),
    units.length - 1
  );
  const size = bytes / 1024 ** power;
  return `${size.toFixed(power === 0 ? 0 : 1)} ${units[power]}`;
}
