import type { KernelSpec } from '@jupyterlab/services';
import { useEffect, useState } from 'react';

import type { IKernel } from '../types/kernel';

/**
 * The kernels of this Jupyter server.
 */
export function useKernels(manager: KernelSpec.IManager): readonly IKernel[] {
  const [kernels, setKernels] = useState<readonly IKernel[]>([]);
  useEffect(() => {
    const read = (): void =>
      setKernels(
        Object.values(manager.specs?.kernelspecs ?? {}).flatMap(spec =>
          spec ? { name: spec.name, display_name: spec.display_name } : []
        )
      );
    read();
    manager.specsChanged.connect(read);
    return () => {
      manager.specsChanged.disconnect(read);
    };
  }, [manager]);
  return kernels;
}
