//! Port blocking: ports that an HTTP request could be used to attack.

use url::Url;

/// The port for which "should request be blocked due to a bad port" returns blocked,
/// <https://fetch.spec.whatwg.org/#block-bad-port>; `None` is allowed.
#[must_use]
pub fn bad_port(url: &Url) -> Option<u16> {
    // "If url's scheme is an HTTP(S) scheme and url's port is a bad port, then return blocked."
    if !matches!(url.scheme(), "http" | "https") {
        return None;
    }
    url.port().filter(|port| BAD_PORTS.binary_search(port).is_ok())
}

/// A port is a bad port if it is listed in <https://fetch.spec.whatwg.org/#bad-port>. Sorted.
const BAD_PORTS: [u16; 83] = [
    0, 1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103,
    104, 109, 110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514,
    515, 526, 530, 531, 532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723,
    2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080,
];
