"""Is a path on a file system of another machine?"""

import re
from pathlib import Path

_NETWORK = re.compile(
    r"nfs\d?|cifs|smb\w*|afs|ncpfs|lustre|ceph|glusterfs|fuse\.(sshfs|glusterfs|ceph\S*|s3fs|rclone)|davfs"
)
_MOUNTS = Path("/proc/self/mounts")


def network_filesystem_of(path: Path, *, mounts: Path = _MOUNTS) -> str | None:
    """The kind of network file system under the path, None when it is local or the system does not say.

    Linux lists its mounts; elsewhere only Windows' `\\\\server\\share` is recognised.
    """
    if str(path).startswith("\\\\"):
        return "Windows share"
    if not mounts.exists():
        return None
    absolute = str(path.resolve())
    best, kind = "", ""
    for line in mounts.read_text(encoding="utf-8", errors="replace").splitlines():
        _, where, found, *_ = (*line.split(" "), "", "")
        where = where.replace("\\040", " ")
        if _lies_in(absolute, where) and len(where) >= len(best):
            best, kind = where, found
    return kind if _NETWORK.fullmatch(kind) else None


def _lies_in(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder.rstrip("/") + "/")
