import { useEffect, useState } from 'react';

import type { Workbench } from '../models/workbench';

/**
 * Whether the catalog has a dataset of a nickname already, asked once the typing has paused.
 *
 * @param name - The nickname; empty to ask nothing.
 */
export function useTakenName(workbench: Workbench, name: string): boolean {
  const { client } = workbench.services;
  const [taken, setTaken] = useState('');
  useEffect(() => {
    if (name === '') {
      return;
    }
    let gone = false;
    const timer = setTimeout(() => {
      client.getEntry(name).then(
        () => gone || setTaken(name),
        // It is free, or publishing will say what is wrong.
        () => undefined
      );
    }, PAUSE);
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [client, name]);
  return name !== '' && taken === name;
}

/**
 * Milliseconds without a key.
 */
const PAUSE = 400;
