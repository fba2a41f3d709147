package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"descent/static"
	"descent/views"
)

func (s *server) registerStatic(e *echo.Echo) {
	serve(e, static.Prefix+":name", func(c echo.Context) error {
		asset, ok := views.Assets.Get(c.Param("name"))
		if !ok {
			return notFound("There is no such file.")
		}
		// The name changes with the content, so the content never does.
		c.Response().Header().Set("Cache-Control", "public, max-age=31536000, immutable")
		return c.Blob(http.StatusOK, asset.Type, asset.Body)
	})
	serve(e, "/favicon.ico", func(c echo.Context) error {
		return c.Redirect(http.StatusMovedPermanently, views.Assets.URL("icon.svg"))
	})
}
