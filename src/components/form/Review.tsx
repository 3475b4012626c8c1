import React from 'react';

import { formatBytes } from '../common/formatBytes';
import { useForm } from './context';
import { Checkbox } from '../common/Checkbox';
import type { IEntryFormProps, IPlan } from './types';

export type IReviewProps = Pick<
  IEntryFormProps,
  'options' | 'optionsNote' | 'onOptions' | 'plan' | 'preview' | 'children'
>;

/**
 * The options for publishing, the buttons, and below them, so that they do not move, what publishing
 * will do.
 */
export function Review(props: IReviewProps): JSX.Element {
  const { options, optionsNote, onOptions, plan } = props;
  const { readOnly, trans, idOf } = useForm();
  return (
    <>
      <Checkbox
        id={idOf('private')}
        label={trans.__('Private')}
        help={trans.__(
          'Only members of the organization can see it on the Hub.'
        )}
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
          {trans.__('Preview it to see what publishing will do.')}
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
              {formatBytes(bytes)} ·{' '}
              {hub ? trans.__('Hub and catalog') : trans.__('catalog only')}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}
