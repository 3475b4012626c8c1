import React, {
  forwardRef,
  useEffect,
  useId,
  useImperativeHandle,
  useMemo,
  useState
} from 'react';

import { Banner } from '../common/Banner';
import { FormContext, type IFormContext } from './context';
import { ErrorSummary } from './ErrorSummary';
import { FormField } from './fields/FormField';
import { currentFindings, findingsAt } from './findings';
import { errorsIn, FormSection } from './FormSection';
import { Review } from './Review';
import { fieldsOf, isNeeded, type Part, PARTS } from './schema';
import type { IEntryForm, IEntryFormProps } from './types';
import { useErrorJumps } from './useErrorJumps';
import { useShowField } from './useShowField';
import { useShown } from './useShown';
import { useTypedValues } from './useTypedValues';
import { pathOf, withMember, withValueAt } from './values';

/**
 * The form for a dataset, generated from the record's schema. It fills the height of its container
 * and scrolls inside.
 */
export const EntryForm = forwardRef<IEntryForm, IEntryFormProps>(
  function EntryForm(props, ref) {
    const { schema, showErrors, readOnly = false, trans } = props;
    const hasBatchScript = props.batchScript !== null;
    const [values, change] = useTypedValues(props.values, props.onChange);
    const formId = useId();
    const idOf = (pointer: string): string => `${formId}${pointer}`;
    const [open, setOpen] = useState<ReadonlySet<Part>>(
      new Set<Part>(['first', 'review'])
    );

    const shown = useShown(showErrors, formId);
    const findings = currentFindings({ ...props, values }, shown.isShown);
    const fields = useMemo(() => fieldsOf(schema), [schema]);
    const needed = fields.filter(
      field =>
        isNeeded(field, values) ||
        (field.member === 'batch_script' && hasBatchScript) ||
        findingsAt(findings.errors, `/${field.member}`).length > 0
    );
    const placed = errorsIn(needed, findings.errors);
    const unplaced = findings.errors.filter(error => !placed.includes(error));

    const toggle = (part: Part, wanted: boolean): void => {
      setOpen(parts => {
        const changed = new Set(parts);
        changed[wanted ? 'add' : 'delete'](part);
        return changed;
      });
      if (wanted !== open.has(part)) {
        props.onSection?.(part, wanted);
      }
    };
    const reveal = (pointer: string): void => {
      const field = needed.find(({ member }) => member === pathOf(pointer)[0]);
      if (field) {
        toggle(field.part, true);
      }
    };
    // It can be picked in the file browser, while it is folded away here.
    useEffect(() => {
      if (hasBatchScript) {
        setOpen(parts => new Set([...parts, 'more']));
      }
    }, [hasBatchScript]);
    const jumps = useErrorJumps(placed, reveal, idOf);
    const showField = useShowField(reveal, idOf);
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
      showField,
      showPlan: () => setPlanAsked(count => count + 1)
    }));

    const context: IFormContext = {
      values,
      findings,
      readOnly,
      trans,
      vocabulary: props.vocabulary,
      idOf,
      onAdded: shown.onAdded,
      onMember: (member, value) =>
        change(newest => withMember(newest, member, value)),
      onSuggestion: ({ pointer, suggestion }) =>
        suggestion !== undefined &&
        change(newest => withValueAt(newest, pointer, suggestion))
    };
    return (
      <FormContext.Provider value={context}>
        <div className="hnl-Form">
          <div className="hnl-Form-body" onBlur={shown.onBlur}>
            {unplaced.length > 0 && (
              <Banner kind="error">
                {unplaced.map(({ pointer, code, detail }) => (
                  <p key={`${code} ${pointer}`}>{detail}</p>
                ))}
              </Banner>
            )}
            {PARTS.map(part => (
              <FormSection
                key={part}
                part={part}
                fields={needed.filter(field => field.part === part)}
                open={open.has(part)}
                onToggle={wanted => toggle(part, wanted)}
                render={field => (
                  <FormField key={field.member} field={field} form={props} />
                )}
              >
                {part === 'review' && <Review {...props} />}
              </FormSection>
            ))}
          </div>
          {!readOnly && (
            <div className="hnl-Form-footer">
              <ErrorSummary
                count={
                  showErrors || findings.errors.length > 0
                    ? findings.errors.length
                    : null
                }
                onNext={jumps.next}
                trans={trans}
              />
              {props.footer}
            </div>
          )}
        </div>
      </FormContext.Provider>
    );
  }
);
