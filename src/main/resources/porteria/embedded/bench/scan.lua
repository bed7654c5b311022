-- Each request is the scan of another pupil, under a key of its own. What is in braces with a name
-- is put in by the benchmark.
local kiosks = {
{kiosks}}
local PATH = "/api/v1/attendance/scan"
local BODY = '{"source":"NFC","token":"bench%017d","type":"IN","gate_id":"{gate}","device_id":"%s",'
  .. '"local_seq":%d,"photo_expected":false,"captured_at":"%s","sent_at":"%s"}'
local threads = 0

-- The threads share the pupils out among them.
function setup(thread)
  thread:set("n", threads * {share})
  threads = threads + 1
end

local heads = {}
local time

function init()
  for i, kiosk in ipairs(kiosks) do
    heads[i] = "POST " .. PATH .. " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " .. kiosk.token
      .. "\r\nContent-Type: application/json\r\nContent-Length: "
  end
  time = os.date("!%Y-%m-%dT%H:%M:%SZ")
end

-- Written out by hand: the generator shares the processors with what it measures.
function request()
  local i = n % #kiosks + 1
  if n % 64 == 0 then
    time = os.date("!%Y-%m-%dT%H:%M:%SZ")
  end
  local body = BODY:format(n, kiosks[i].code, n, time, time)
  n = n + 1
  return heads[i] .. #body .. "\r\n\r\n" .. body
end

function done(summary, latency)
  local errors = summary.errors
  print(string.format("RESULT answers=%d refused=%d broken=%d micros=%d p50=%d p99=%d",
    summary.requests, errors.status, errors.connect + errors.read + errors.write + errors.timeout,
    summary.duration, latency:percentile(50), latency:percentile(99)))
end
