-- PUT /stash/{name}: a random one of the names, a body that differs from all others. Of several keys in BENCH_KEY,
-- each in its own workspace, a random one.

local common = dofile(os.getenv("BENCH_WRK") .. "/common.lua")
local heads, value

function init()
    value = common.values(common.size)
    heads = common.heads(function(name, key)
        return "PUT /stash/" .. name .. " HTTP/1.1\r\nHost: " .. wrk.host .. "\r\nX-API-KEY: " .. key
            .. "\r\nContent-Type: text/plain\r\nContent-Length: " .. common.size .. "\r\n\r\n"
    end)
end

function request()
    return common.any(heads) .. value()
end
