// The index has nothing to keep: guesses that come by a link go on by the next.
const pass = () => sendAlong(fromAddress(location.hash).mine);
addEventListener("hashchange", pass);
pass();
