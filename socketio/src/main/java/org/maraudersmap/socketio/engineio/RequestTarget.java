package org.maraudersmap.socketio.engineio;

/**
 * What a request asks for (RFC 9112, section 3.2): {@code /path?query}, or the same behind a scheme and an authority,
 * as clients write it that take us for a proxy and as every server must understand it.
 *
 * @param path
 *            the path as sent
 * @param query
 *            what follows the question mark, not decoded; empty if nothing does
 */
record RequestTarget(String path, String query) {

    static RequestTarget of(String uri) {
        var start = startOfPath(uri);
        var mark = uri.indexOf('?', start);
        return mark < 0
                ? new RequestTarget(uri.substring(start), "")
                : new RequestTarget(uri.substring(start, mark), uri.substring(mark + 1));
    }

    private static int startOfPath(String uri) {
        if (!uri.regionMatches(true, 0, "http://", 0, 7) && !uri.regionMatches(true, 0, "https://", 0, 8)) {
            return 0;
        }
        var at = uri.indexOf("://") + 3;
        while (at < uri.length() && uri.charAt(at) != '/' && uri.charAt(at) != '?') {
            at++;
        }
        return at;
    }
}
