"""Files that people write as text: YAML and TOML, with the line of each value, held against the schemas.

:mod:`.yaml_reading` and :mod:`.toml_reading` read them as :mod:`.values`; :mod:`.schemas` says what in them does not
fit, where no validator can be installed by :mod:`.plain_validation`. :mod:`.yaml_writing` writes for people to go on.
:mod:`.encoding` tells in which encoding any text file is.
"""
