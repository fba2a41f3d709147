-- Tweaks with random starts and rates for wrk; docs/load.md says how to run it.
--
-- WINDOW=new gives every request a window of its own, so that its backdrop has to be drawn.
-- BACKDROP=path:… names the backdrop that the page shows, so that the overlay alone is sent.

local window = os.getenv("WINDOW")
local headers = {
  ["HX-Request"] = "true",
  ["Accept-Encoding"] = "gzip",
  ["Descent-Backdrops"] = os.getenv("BACKDROP"),
}

function setup(thread)
  count = (count or 0) + 1
  thread:set("seed", count)
end

function init()
  math.randomseed(seed)
end

function request()
  local top = "3"
  if window == "new" then
    top = string.format("%.6f", 3 + math.random())
  end
  return wrk.format("GET", string.format(
    "/lessons/steepest-descent/cells/valley?f=(1-x)^2%%2B100*(y-x^2)^2&eta=%.6f&x=%.3f&y=%.3f&steps=200&xmin=-2&xmax=2&ymin=-1&ymax=%s",
    0.0002 + 0.001 * math.random(), -2 + 4 * math.random(), -1 + 4 * math.random(), top), headers)
end
