import { locationAnswer } from '../../../api/__tests__/answers';
import { withLocation, withScript } from '../draftContent';

const location = locationAnswer({
  portal_link: 'https://portal.example/wine'
});

describe('withScript', () => {
  it('drops the name of the script that was there before', () => {
    const values = { name: 'iris', loader: 'old.py' };
    expect(withScript({ editing: 'iris', values }, 'loader', 'new.py')).toEqual(
      { loader_path: 'new.py', values: { name: 'iris' } }
    );
  });

  it('says of a change that the script goes, and of a new entry nothing', () => {
    const values = { name: 'iris', batch_script: 'run.sh' };
    const member = 'batch_script';
    expect(withScript({ editing: 'iris', values }, member, null)).toEqual({
      batch_script_path: null,
      values: { name: 'iris', batch_script: null }
    });
    expect(withScript({ editing: null, values }, member, null)).toEqual({
      batch_script_path: null,
      values: { name: 'iris' }
    });
  });
});

describe('withLocation', () => {
  it('takes what follows from the place', () => {
    expect(withLocation({}, location)).toEqual({
      data_path: '/data/wine',
      portal_link: 'https://portal.example/wine',
      name: 'wine'
    });
  });

  it('leaves a name that was given, and what else was written', () => {
    const values = { name: 'port', license: 'mit', portal_link: 'https://a' };
    const moved = { ...location, portal_link: null };
    expect(withLocation(values, moved)).toEqual({
      ...values,
      data_path: '/data/wine'
    });
  });
});
