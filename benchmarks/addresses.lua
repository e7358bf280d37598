-- For wrk: request the addresses in a file, one per line, in turn.
local requests, last = {}, 0

function init(arguments)
  for address in io.lines(arguments[1]) do
    requests[#requests + 1] = wrk.format("GET", address)
  end
end

function request()
  last = last % #requests + 1
  return requests[last]
end
