import pandas as
