import type { TranslationBundle } from '@jupyterlab/translation';
import React, { useEffect, useState } from 'react';

import type { IJobLog } from '../../types/api';
import type { IAsyncResource } from '../../types/asyncResource';
import { Button } from '../common/Button';
import { ResourceView } from '../common/ResourceView';
import { Section } from '../common/Section';

/**
 * What a job's process printed: collapsed, loaded when it is opened, and once more when the job ends.
 */
export function JobLog(props: {
  log: IAsyncResource<IJobLog>;
  hasEnded: boolean;
  trans: TranslationBundle;
}): JSX.Element {
  const { log, hasEnded, trans } = props;
  const [isOpen, setOpen] = useState(false);
  useEffect(() => {
    if (isOpen) {
      void log.load();
    }
  }, [log, isOpen, hasEnded]);
  return (
    <Section title={trans.__('Log')} open={isOpen} onToggle={setOpen}>
      {isOpen && (
        <ResourceView
          resource={log}
          waiting={trans.__('Loading…')}
          trans={trans}
        >
          {({ text, is_cut }) => (
            <>
              {is_cut && (
                <p className="hnl-Field-help">
                  {trans.__('Only the end is shown.')}
                </p>
              )}
              {text.trim() ? (
                <pre className="hnl-Cite-text" tabIndex={0}>
                  {text}
                </pre>
              ) : (
                <p className="hnl-Empty">
                  {trans.__('It has printed nothing.')}
                </p>
              )}
              {!hasEnded && (
                <Button
                  isWaiting={log.isLoading}
                  onClick={() => void log.load()}
                >
                  {trans.__('Refresh')}
                </Button>
              )}
            </>
          )}
        </ResourceView>
      )}
    </Section>
  );
}
