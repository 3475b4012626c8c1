import h5py

with h5py.File('tracks.h5') as file:
    tracks = file['tracks'][:]
