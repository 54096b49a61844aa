-- PATCH /store/counters/{key}: adds one to a number in a random one of the records.

local common = dofile(os.getenv("BENCH_WRK") .. "/common.lua")
local requests

function init()
    local body = '{"increment":{"/n":1},"init":{"n":0}}'
    requests = common.heads(function(name)
        return "PATCH /store/counters/" .. name .. " HTTP/1.1\r\nHost: " .. wrk.host .. "\r\nX-API-KEY: "
            .. os.getenv("BENCH_KEY") .. "\r\nContent-Type: application/json\r\nContent-Length: " .. #body
            .. "\r\n\r\n" .. body
    end)
end

function request()
    return common.any(requests)
end
