import type { TranslationBundle } from '@jupyterlab/translation';
import React from 'react';

import type { IJob } from '../../types/api';
import { jobTitle } from './kindOf';

export type Progress = NonNullable<IJob['progress']>;

export interface IJobProgressProps {
  job: IJob;
  progress: Progress;
  /**
   * Whether it stands where every change would be read out: then its words are for the eyes only.
   */
  isQuiet?: boolean;
  trans: TranslationBundle;
}

/**
 * How far a job is: a bar, and in words how much of it is done and how long the rest will take.
 */
export function JobProgress(props: IJobProgressProps): JSX.Element {
  const { job, progress, isQuiet, trans } = props;
  const { fraction } = progress;
  const words = progressWords(progress, trans);
  return (
    <div className="hnl-Progress">
      <progress
        className="hnl-Progress-bar"
        aria-label={jobTitle(job, trans)}
        {...(fraction !== undefined && { value: fraction })}
        max={1}
      />
      {words && (
        <span className="hnl-Progress-text" aria-hidden={isQuiet}>
          {words}
        </span>
      )}
    </div>
  );
}

/**
 * Progress in words: its text, the part that is done, the bytes and the time that is left.
 */
export function progressWords(
  progress: Progress,
  trans: TranslationBundle
): string {
  const { fraction, text, bytes, total_bytes, bytes_per_second } = progress;
  const words = [text];
  if (fraction !== undefined) {
    words.push(trans.__('%1 %', Math.floor(100 * fraction)));
  }
  if (bytes !== undefined) {
    words.push(
      total_bytes === undefined
        ? byteCount(bytes)
        : trans.__('%1 of %2', byteCount(bytes), byteCount(total_bytes))
    );
  }
  if (bytes !== undefined && bytes_per_second) {
    words.push(trans.__('%1/s', byteCount(bytes_per_second)));
    if (total_bytes !== undefined && bytes < total_bytes) {
      const left = duration((total_bytes - bytes) / bytes_per_second, trans);
      words.push(trans.__('%1 left', left));
    }
  }
  return words.filter(Boolean).join(', ');
}

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];

/**
 * A number of bytes with three digits or so.
 */
function byteCount(count: number): string {
  let power = 0;
  while (count >= 1000 && power < UNITS.length - 1) {
    count /= 1000;
    power += 1;
  }
  return `${count.toFixed(power === 0 ? 0 : 1)} ${UNITS[power]}`;
}

function duration(seconds: number, trans: TranslationBundle): string {
  if (seconds < 60) {
    return trans.__('%1 s', Math.max(1, Math.round(seconds)));
  }
  if (seconds < 3600) {
    return trans.__('%1 min', Math.round(seconds / 60));
  }
  const minutes = Math.round((seconds % 3600) / 60);
  return trans.__('%1 h %2 min', Math.floor(seconds / 3600), minutes);
}
