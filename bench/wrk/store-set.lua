-- PUT /store/bench/{key}: a random one of the names, a JSON string that differs from all others.

local common = dofile(os.getenv("BENCH_WRK") .. "/common.lua")
local heads, value

function init()
    value = common.values(common.size - 2)
    heads = common.heads(function(name)
        return "PUT /store/bench/" .. name .. " HTTP/1.1\r\nHost: " .. wrk.host .. "\r\nX-API-KEY: "
            .. os.getenv("BENCH_KEY") .. "\r\nContent-Type: application/json\r\nContent-Length: " .. common.size
            .. "\r\n\r\n"
    end)
end

function request()
    return common.any(heads) .. '"' .. value() .. '"'
end
