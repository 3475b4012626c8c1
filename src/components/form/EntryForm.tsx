import type { TranslationBundle } from '@jupyterlab/translation';
import React, {
  forwardRef,
  useEffect,
  useId,
  useImperativeHandle,
  useMemo,
  useState
} from 'react';

import type { FormSectionName } from '../../types/record';
import { Banner } from '../common/Banner';
import { FormContext, type IFormContext } from './context';
import { ErrorSummary } from './ErrorSummary';
import { FormField } from './fields/FormField';
import { currentFindings, findingsAt } from './findings';
import { errorsIn, FormSection, type Part, partOf } from './FormSection';
import { Review } from './Review';
import { fieldsOf, isNeeded, SECTIONS } from './schema';
import type { IEntryForm, IEntryFormProps } from './types';
import { useErrorJumps } from './useErrorJumps';
import { useTypedValues } from './useTypedValues';
import { pathOf, withMember, withValueAt } from './values';

/**
 * The form for a dataset, generated from the record's schema. It fills the height of its container
 * and scrolls inside.
 */
export const EntryForm = forwardRef<IEntryForm, IEntryFormProps>(
  function EntryForm(props, ref) {
    const { schema, showErrors, readOnly = false, trans } = props;
    const [values, change] = useTypedValues(props.values, props.onChange);
    const formId = useId();
    const idOf = (pointer: string): string => `${formId}${pointer}`;
    const [open, setOpen] = useState<ReadonlySet<Part>>(new Set(SECTIONS));

    const findings = currentFindings({ ...props, values });
    const fields = useMemo(() => fieldsOf(schema), [schema]);
    const shown = fields.filter(
      field =>
        isNeeded(field, values) ||
        (field.member === 'batch_script' && props.batchScript !== null) ||
        findingsAt(findings.errors, `/${field.member}`).length > 0
    );
    const placed = errorsIn(shown, findings.errors);
    const unplaced = findings.errors.filter(error => !placed.includes(error));

    const toggle = (part: Part, wanted: boolean): void => {
      setOpen(parts => {
        const changed = new Set(parts);
        changed[wanted ? 'add' : 'delete'](part);
        return changed;
      });
      const section = SECTIONS.find(name => name === part);
      if (section && wanted !== open.has(section)) {
        props.onSection?.(section, wanted);
      }
    };
    const reveal = (pointer: string): void => {
      const field = shown.find(({ member }) => member === pathOf(pointer)[0]);
      if (field) {
        toggle(field.section, true);
        toggle(partOf(field), true);
      }
    };
    const jumps = useErrorJumps(placed, reveal, idOf);
    const planId = idOf('plan');
    const [planAsked, setPlanAsked] = useState(0);
    // After the plan is rendered.
    useEffect(() => {
      if (planAsked > 0) {
        document.getElementById(planId)?.scrollIntoView();
      }
    }, [planAsked, planId]);
    useImperativeHandle(ref, () => ({
      focusError: jumps.first,
      showPlan: () => setPlanAsked(count => count + 1)
    }));

    const context: IFormContext = {
      values,
      findings,
      readOnly,
      trans,
      vocabulary: props.vocabulary,
      idOf,
      onMember: (member, value) =>
        change(newest => withMember(newest, member, value)),
      onSuggestion: ({ pointer, suggestion }) =>
        suggestion !== undefined &&
        change(newest => withValueAt(newest, pointer, suggestion))
    };
    const titles = titlesOf(trans);
    return (
      <FormContext.Provider value={context}>
        <div className="hnl-Form">
          <div className="hnl-Form-body">
            {unplaced.length > 0 && (
              <Banner kind="error">
                {unplaced.map(({ pointer, code, detail }) => (
                  <p key={`${code} ${pointer}`}>{detail}</p>
                ))}
              </Banner>
            )}
            {SECTIONS.map(name => (
              <FormSection
                key={name}
                name={name}
                title={titles[name]}
                fields={shown.filter(({ section }) => section === name)}
                open={open}
                onToggle={toggle}
                render={field => (
                  <FormField key={field.member} field={field} form={props} />
                )}
              >
                {name === 'review' && <Review {...props} />}
              </FormSection>
            ))}
          </div>
          {!readOnly && (
            <ErrorSummary
              count={showErrors ? findings.errors.length : null}
              onNext={jumps.next}
              trans={trans}
            />
          )}
        </div>
      </FormContext.Provider>
    );
  }
);

function titlesOf(trans: TranslationBundle): Record<FormSectionName, string> {
  return {
    where: trans.__('Where the data is'),
    about: trans.__('About the data'),
    loader: trans.__('Loader'),
    review: trans.__('Review')
  };
}
