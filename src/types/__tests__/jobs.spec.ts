import { jobAnswer } from '../../api/__tests__/answers';
import { hasEnded } from '../jobs';

describe('hasEnded', () => {
  it.each(['succeeded', 'failed', 'cancelled'] as const)('is so: %s', state => {
    expect(hasEnded(jobAnswer({ state }))).toBe(true);
  });

  it.each(['queued', 'held', 'running'] as const)('is not so: %s', state => {
    expect(hasEnded(jobAnswer({ state }))).toBe(false);
  });

  it('is not so for a state that only a later version knows', () => {
    expect(hasEnded({ state: 'dreaming' } as never)).toBe(false);
  });
});
