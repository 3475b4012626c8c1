/**
 * A handful of datasets, as a centre may have them.
 */
export const DATASETS = [
  {
    name: 'sea-surface-temperature',
    pretty_name: 'Sea surface temperature',
    description:
      'Daily mean temperature of the sea surface on a grid of 0.25°, from satellites and buoys.',
    license: 'cc-by-4.0',
    size_categories: ['1M<n<10M'],
    tags: ['climate', 'netcdf', 'geospatial']
  },
  {
    name: 'galaxy-cutouts',
    pretty_name: 'Galaxy cutouts',
    description: 'Images of galaxies in five bands, 64 pixels wide.',
    license: 'cc0-1.0',
    size_categories: ['100K<n<1M'],
    task_categories: ['image-classification'],
    tags: ['astronomy', 'hdf5', 'image']
  },
  {
    name: 'jet-showers',
    pretty_name: 'Simulated jet showers',
    description: 'Energy deposits of simulated jets in a calorimeter.',
    license: 'cc-by-4.0',
    size_categories: ['10M<n<100M'],
    tags: ['physics', 'parquet', 'tabular']
  },
  {
    name: 'protein-contacts',
    pretty_name: 'Protein contact maps',
    description: 'Which residues of a protein touch each other.',
    license: 'odc-by',
    size_categories: ['10K<n<100K'],
    tags: ['biology', 'zarr', 'text']
  },
  {
    name: 'crystal-energies',
    pretty_name: 'Formation energies of crystals',
    description: 'Computed formation energies, with the structures.',
    license: 'cc-by-4.0',
    size_categories: ['100K<n<1M'],
    task_categories: ['tabular-regression'],
    tags: ['chemistry', 'csv', 'tabular']
  }
] as const;

export const LOADER = `"""Open the sea surface temperatures as one dataset."""

import os
from pathlib import Path

import xarray as xr

files = sorted(Path(os.environ["DATA_PATH"]).glob("*.nc"))
sst = xr.open_mfdataset(files, chunks={"time": 30})
`;
