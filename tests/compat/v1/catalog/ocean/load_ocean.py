import os

temperatures = open(os.environ['DATA_PATH'] + '/t.csv').read()
