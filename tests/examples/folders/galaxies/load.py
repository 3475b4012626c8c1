from astropy.io import fits

fits.open('a.fits')
