"""The practice Hub's routes."""

from __future__ import annotations

from tornado.web import Application

from .endpoint import Hub, NoNamespace, NotSpoken
from .endpoints import (
    commits,
    contents,
    control,
    copies,
    datasets,
    discussions,
    git,
    identity,
    large_files,
    lfs_files,
    pages,
    refs,
    repos,
    xet,
)

_ID = r"([^/]+/[^/]+)"
_NUMBER = r"([1-9][0-9]{0,8})"
_BELOW_AN_ID = (
    "auth-check|blob|branch|commit|commits|discussions|lfs-files|paths-info|preupload|raw|refs|resolve|revision|settings"
    "|tag|tree"
)
_SEGMENT = r"([^/]+)"  # a revision arrives as one segment, its slashes percent-encoded


def application(hub: Hub) -> Application:
    """All endpoints of one `hub`; all other paths respond with 501 and their name."""
    api = rf"/api/datasets/{_ID}"
    thread = rf"{api}/discussions/{_NUMBER}"
    page = rf"/datasets/{_ID}"
    routes = [
        (r"/api/whoami-v2", identity.WhoAmI),
        (r"/api/validate-yaml", identity.ValidateYaml),
        (r"/api/datasets-tags-by-type", identity.DatasetTagsByType),
        (r"/api/repos/create", repos.CreateRepo),
        (r"/api/repos/delete", repos.DeleteRepo),
        (r"/api/repos/move", repos.MoveRepo),
        (r"/api/datasets", datasets.Datasets),
        (api, datasets.DatasetInfo),
        (rf"{api}/revision/{_SEGMENT}", datasets.DatasetInfo),
        (rf"{api}/settings", repos.RepoSettings),
        (rf"{api}/auth-check(/write)?", repos.AuthCheck),
        (rf"{api}/preupload/{_SEGMENT}", commits.Preupload),
        (rf"{api}/commit/{_SEGMENT}", commits.Commit),
        (rf"{api}/commits/{_SEGMENT}", commits.Commits),
        (rf"{api}/tree/{_SEGMENT}(?:/(.*))?", contents.Tree),
        (rf"{api}/paths-info/{_SEGMENT}", contents.PathsInfo),
        (rf"{api}/refs", refs.Refs),
        (rf"{api}/branch/{_SEGMENT}", refs.Branch),
        (rf"{api}/tag/{_SEGMENT}", refs.Tag),
        (rf"{api}/discussions", discussions.Discussions),
        (thread, discussions.DiscussionDetails),
        (rf"{thread}/comment", discussions.DiscussionComment),
        (rf"{thread}/comment/([0-9a-f]{{24}})/(edit|hide)", discussions.DiscussionCommentChange),
        (rf"{thread}/title", discussions.DiscussionTitle),
        (rf"{thread}/status", discussions.DiscussionStatus),
        (rf"{thread}/merge", discussions.DiscussionMerge),
        (rf"{api}/super-squash/{_SEGMENT}", copies.SuperSquash),
        (rf"{api}/duplicate", copies.Duplicate),
        (rf"{api}/lfs-files", lfs_files.LfsFiles),
        (rf"{api}/lfs-files/batch", lfs_files.LfsFilesBatch),
        (rf"{page}/resolve/{_SEGMENT}/(.+)", contents.Resolve),
        (rf"{page}/raw/{_SEGMENT}/(.+)", contents.Raw),
        (r"/datasets/([^/]+/[^/]+?)(?:\.git)?/info/refs", git.InfoRefs),
        (r"/datasets/([^/]+/[^/]+?)(?:\.git)?/git-upload-pack", git.UploadPack),
        (r"/datasets/([^/]+/[^/]+)\.git/info/lfs/objects/batch", large_files.LfsBatch),
        (r"/datasets/([^/]+/[^/]+)\.git/info/lfs/objects/verify", large_files.LfsVerify),
        (r"/storage/([0-9a-f]{64})", large_files.Storage),
        (rf"{api}/xet-write-token/{_SEGMENT}", xet.WriteToken),
        (r"/xet/([0-9a-f]{16})/v1/xorbs/default/([0-9a-f]{64})", xet.Xorb),
        (r"/xet/([0-9a-f]{16})/v1/shards", xet.Shard),
        (r"/xet/.*", xet.Absent),
        (r"/", pages.Index),
        (page, pages.DatasetPage),
        (rf"{page}/tree/{_SEGMENT}", pages.DatasetPage),
        (rf"{page}/blob/{_SEGMENT}/(.+)", pages.Blob),
        (rf"{page}/commit/{_SEGMENT}", pages.CommitPage),
        (rf"{page}/discussions/{_NUMBER}", pages.DiscussionPage),
        (r"/practice/style.css", pages.Style),
        (r"/practice/instance", control.Instance),
        *hub.hooks.routes(),
        # Last, since a namespace may be named "x" and a dataset "tree".
        (r"/(?:api/)?datasets/[^/]+", NoNamespace),
        (rf"/(?:api/)?datasets/[^/]+/(?:{_BELOW_AN_ID})(?:/.*)?", NoNamespace),
        (r"/datasets/[^/]+\.git/.*", NoNamespace),
    ]
    arguments = {"hub": hub}
    return Application(
        [(path, handler, arguments) for path, handler in routes],
        default_handler_class=NotSpoken,
        default_handler_args=arguments,
        log_function=lambda _: None,  # no log of requests
    )
