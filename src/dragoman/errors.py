"""All exceptions that dragoman raises on purpose.

DragomanError
├── InputError              the caller gave something unusable
│   ├── ConfigError         a setting
│   ├── CodebookError       a codebook file
│   └── OriginError         a file, folder or address to read
├── ResourceError           model or knowledge base missing, damaged, or of another version
└── StoreError              the record store cannot do what was asked
    ├── StoreVersionError   the store was written by another version; says which command to run
    ├── RecordNotFoundError no such record, document, run or cluster
    ├── ConflictError       somebody else decided in the meantime
    └── BusyError           the same thing is being done already; it can be asked for again

Every message names the place, the value found, the value expected, and the remedy.
"""


class DragomanError(Exception):
    """Base of every exception raised on purpose."""


class InputError(DragomanError):
    """The caller gave something unusable."""


class ConfigError(InputError):
    """A setting has a value that is not valid."""


class CodebookError(InputError):
    """A codebook file breaks the codebook format."""


class OriginError(InputError):
    """A file, folder or stream cannot be read as reports."""


class ResourceError(DragomanError):
    """A model or knowledge base is missing, damaged, or of another version."""


class StoreError(DragomanError):
    """The record store cannot do what was asked: no store there, disk full, another program holds it."""


class StoreVersionError(StoreError):
    """The store was written by another version of dragoman."""


class RecordNotFoundError(StoreError):
    """The store holds no record, document, run or cluster of this id."""


class ConflictError(StoreError):
    """The value that was judged is no longer the current one: somebody decided in the meantime."""


class BusyError(StoreError):
    """What was asked for is being done for somebody else, and cannot be done twice at once; ask again."""
