// Holds the `go` members of cases/decision/csrf.json against what net/http's
// CrossOriginProtection does: `cargo xtask bench csrf`.
package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"runtime"
)

type decisionFile struct {
	Cases []struct {
		Name    string
		Path    string
		Host    string
		Method  string
		Headers [][2]string
		Go      string
	}
}

func main() {
	text, err := os.ReadFile(os.Args[1])
	check(err)
	var file decisionFile
	check(json.Unmarshal(text, &file))
	// The policy of the file, in Go's terms; it has no patterns for origins.
	guard := http.NewCrossOriginProtection()
	check(guard.AddTrustedOrigin("https://trusted.example"))
	guard.AddInsecureBypassPattern("/bypass/")
	guard.AddInsecureBypassPattern("/only/hook")
	differences := 0
	for _, c := range file.Cases {
		request := &http.Request{Method: c.Method, Header: http.Header{}, Host: c.Host}
		request.URL, err = url.ParseRequestURI(c.Path)
		check(err)
		for _, line := range c.Headers {
			if line[0] != "Host" {
				request.Header.Add(line[0], line[1])
			} else if request.Host == "" {
				request.Host = line[1]
			}
		}
		verdict := "admitted"
		if guard.Check(request) != nil {
			verdict = "refused"
		}
		if verdict != c.Go {
			differences++
			fmt.Printf("%s: the file says %q, Go says %q\n", c.Name, c.Go, verdict)
		}
	}
	fmt.Printf("%s: %d cases, %d differences\n", runtime.Version(), len(file.Cases), differences)
	if differences > 0 {
		os.Exit(1)
	}
}

func check(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
}
