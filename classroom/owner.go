package classroom

import (
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
)

// OwnerSession is what the cookie of the owner's browsers holds, derived from the token of the owner's
// link: it does not give the link away, and a new link voids it. 22 characters of base64url.
func OwnerSession(token string) string {
	mac := hmac.New(sha256.New, []byte(token))
	mac.Write([]byte("the session of the owner's browsers"))
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil)[:16])
}

// OwnerHash is what a [Store] keeps of the owner's token. It admits the link as well as the session, and
// who reads it can make neither.
func OwnerHash(token string) string { return Hash(OwnerSession(token)) }

// OwnerAdmits tells whether a session is the owner's. Where no link was made, kept is "" and nobody is.
func OwnerAdmits(kept, session string) bool {
	return kept != "" && subtle.ConstantTimeCompare([]byte(Hash(session)), []byte(kept)) == 1
}
