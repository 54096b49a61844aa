-- GET /store/bench/{key}: a random one of the names.

local common = dofile(os.getenv("BENCH_WRK") .. "/common.lua")
local heads

function init()
    heads = common.heads(function(name)
        return "GET /store/bench/" .. name .. " HTTP/1.1\r\nHost: " .. wrk.host .. "\r\nX-API-KEY: "
            .. os.getenv("BENCH_KEY") .. "\r\n\r\n"
    end)
end

function request()
    return common.any(heads)
end
