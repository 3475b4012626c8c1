import { jobAnswer } from '../../api/__tests__/answers';
import { Stream } from '../../api/__tests__/stream';
import type { IJob } from '../../types/api';
import { CatalogError } from '../../types/errors';
import { type JobsClient, JobsModel } from '../jobs';

function jobsOver(part: Partial<JobsClient> = {}) {
  const streams: Stream[] = [];
  const client: JobsClient = {
    listJobs: async () => ({ jobs: [] }),
    startJob: async () => jobAnswer(),
    deleteJob: async () => jobAnswer({ state: 'cancelled' }),
    getJobLog: async () => ({ text: 'read 5 files\n', is_cut: false }),
    jobEventsUrl: '/jobs/events',
    ...part
  };
  const model = new JobsModel(client, () => {
    const stream = new Stream();
    streams.push(stream);
    return stream;
  });
  return { model, streams };
}

describe('JobsModel', () => {
  it('listens only while a job is at work, on one stream', async () => {
    const { model, streams } = jobsOver();
    await model.refresh();
    expect(streams).toHaveLength(0);
    await model.start({ kind: 'publish', draft_id: 'd' });
    await model.start({ kind: 'publish', draft_id: 'd' });
    expect(streams).toHaveLength(1);
    const done = jobAnswer({ state: 'succeeded', updated_at: '2026-01-02' });
    streams[0]?.say('job', done);
    expect(model.find('j1')).toEqual(done);
    expect(streams[0]?.closed).toBe(true);
  });

  it('takes no step back for an answer that is late', async () => {
    const { model, streams } = jobsOver({
      listJobs: async () => ({
        jobs: [jobAnswer({ updated_at: '2026-01-03' })]
      })
    });
    await model.refresh();
    streams[0]?.say('job', jobAnswer({ state: 'queued' }));
    expect(model.find('j1')?.state).toBe('running');
  });

  it('leaves out what was forgotten in another window', async () => {
    const { model, streams } = jobsOver({
      listJobs: async () => ({
        jobs: [jobAnswer(), jobAnswer({ id: 'j2', state: 'failed' })]
      })
    });
    await model.refresh();
    streams[0]?.say('forgotten', { id: 'j2' });
    expect(model.jobs.map(job => job.id)).toEqual(['j1']);
    streams[0]?.say('forgotten', { id: 'j1' });
    expect(streams[0]?.closed).toBe(true);
  });

  it('learns what was forgotten while the stream was lost', async () => {
    const listJobs = jest.fn(async (): Promise<{ jobs: IJob[] }> => ({
      jobs: [jobAnswer(), jobAnswer({ id: 'j2', state: 'failed' })]
    }));
    const { model, streams } = jobsOver({ listJobs });
    await model.refresh();
    streams[0]?.say('error');
    listJobs.mockResolvedValueOnce({ jobs: [jobAnswer()] });
    streams[0]?.say('open');
    await Promise.resolve();
    await Promise.resolve();
    expect(model.jobs.map(job => job.id)).toEqual(['j1']);
  });

  it('connects again after the stream ended for good', async () => {
    jest.useFakeTimers();
    const { model, streams } = jobsOver();
    await model.start({ kind: 'publish', draft_id: 'd' });
    streams[0]?.fail();
    expect(model.isConnected).toBe(false);
    jest.advanceTimersByTime(1100);
    expect(streams).toHaveLength(2);
    streams[1]?.say('open');
    expect(model.isConnected).toBe(true);
    jest.useRealTimers();
  });

  it('keeps its jobs when the list cannot be read', async () => {
    const listJobs = jest.fn(async (): Promise<{ jobs: IJob[] }> => ({
      jobs: [jobAnswer({ state: 'failed' })]
    }));
    const { model } = jobsOver({ listJobs });
    await model.refresh();
    listJobs.mockRejectedValueOnce(new CatalogError('no_connection', 'Gone.'));
    await model.refresh();
    expect(model.listError?.code).toBe('no_connection');
    expect(model.jobs).toHaveLength(1);
  });

  it('says why a job was not begun', async () => {
    const { model } = jobsOver({
      startJob: () => Promise.reject(new CatalogError('conflict', 'Taken.'))
    });
    expect(await model.start({ kind: 'publish', draft_id: 'd' })).toBeNull();
    expect(model.startError?.detail).toBe('Taken.');
  });

  it('takes no step back for a list that is late', async () => {
    const { model, streams } = jobsOver({
      listJobs: async () => ({ jobs: [jobAnswer({ state: 'queued' })] })
    });
    await model.start({ kind: 'publish', draft_id: 'd' });
    const done = jobAnswer({ state: 'succeeded', updated_at: '2026-01-02' });
    streams[0]?.say('job', done);
    await model.refresh();
    expect(model.find('j1')).toEqual(done);
  });

  it('leaves a job in the list that could not be forgotten', async () => {
    const deleteJob = jest.fn((): Promise<IJob> =>
      Promise.reject(new CatalogError('storage', 'Full.'))
    );
    const { model } = jobsOver({
      listJobs: async () => ({ jobs: [jobAnswer({ state: 'failed' })] }),
      deleteJob
    });
    await model.refresh();
    await model.forget('j1');
    expect(model.find('j1')).not.toBeNull();
    expect(model.cancelError?.code).toBe('storage');
    deleteJob.mockResolvedValueOnce(jobAnswer({ state: 'failed' }));
    await model.forget('j1');
    expect(model.jobs).toEqual([]);
    expect(model.cancelError).toBeNull();
  });

  it('listens no longer once it is disposed of', async () => {
    const { model, streams } = jobsOver();
    await model.start({ kind: 'publish', draft_id: 'd' });
    model.dispose();
    expect(streams[0]?.closed).toBe(true);
  });

  it('follows what is begun elsewhere while somebody looks', async () => {
    const { model, streams } = jobsOver();
    model.isWatched = true;
    expect(streams).toHaveLength(0); // the server has not answered yet
    await model.refresh();
    expect(streams).toHaveLength(1);
    streams[0]?.say('job', jobAnswer({ id: 'j7' }));
    expect(model.find('j7')?.state).toBe('running');
    model.isWatched = false;
    expect(streams[0]?.closed).toBe(false); // it is at work
    const done = jobAnswer({
      id: 'j7',
      state: 'succeeded',
      updated_at: '2026-01-02'
    });
    streams[0]?.say('job', done);
    expect(streams[0]?.closed).toBe(true);
    model.isWatched = true;
    expect(streams).toHaveLength(2);
    model.isWatched = true;
    expect(streams).toHaveLength(2);
    model.dispose();
    expect(streams[1]?.closed).toBe(true);
  });

  it('asks nothing of a server that does not answer', async () => {
    const { model, streams } = jobsOver({
      listJobs: () => Promise.reject(new CatalogError('not_found', 'Missing.'))
    });
    model.isWatched = true;
    await model.refresh();
    expect([model.isLoaded, streams.length]).toEqual([false, 0]);
  });

  it.each(['queued', 'held', 'running', 'suspended'] as IJob['state'][])(
    'takes a job that is %s for one at work',
    async state => {
      const { model, streams } = jobsOver({
        listJobs: async () => ({ jobs: [jobAnswer({ state })] })
      });
      await model.refresh();
      expect(streams).toHaveLength(1);
    }
  );

  it('loads the log of a job when it is asked for, one for each job', async () => {
    const { model } = jobsOver();
    const log = model.log('j1');
    expect(log.value).toBeNull();
    await log.load();
    expect(model.log('j1')).toBe(log);
    expect(log.value?.text).toBe('read 5 files\n');
    expect(model.log('j2').value).toBeNull();
  });
});
