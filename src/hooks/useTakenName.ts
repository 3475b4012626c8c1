import { useEffect, useState } from 'react';

import type { Workbench } from '../models/workbench';

/**
 * Whether the catalog already has a dataset with a nickname. It is requested once the typing pauses.
 *
 * @param name - The nickname; nothing is requested for an empty one.
 */
export function useTakenName(workbench: Workbench, name: string): boolean {
  const { client } = workbench.services;
  const [taken, setTaken] = useState('');
  useEffect(() => {
    if (name === '') {
      return;
    }
    let isGone = false;
    const timer = setTimeout(() => {
      client.getEntry(name).then(
        () => isGone || setTaken(name),
        // The name is free; if it is another error, publishing will report it.
        () => undefined
      );
    }, PAUSE);
    return () => {
      isGone = true;
      clearTimeout(timer);
    };
  }, [client, name]);
  return name !== '' && taken === name;
}

/**
 * Milliseconds without a keystroke.
 */
const PAUSE = 400;
