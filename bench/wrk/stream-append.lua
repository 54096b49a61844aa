-- POST /stream/bench: one entry a request, or BENCH_BATCH of them.

local common = dofile(os.getenv("BENCH_WRK") .. "/common.lua")
local batch = tonumber(os.getenv("BENCH_BATCH") or "1")
local value

function init()
    value = common.values(common.size)
end

local function entry()
    return '{"data":"' .. value() .. '","label":"bench"}'
end

function request()
    local body
    if batch == 1 then
        body = entry()
    else
        local entries = {}
        for index = 1, batch do
            entries[index] = entry()
        end
        body = "[" .. table.concat(entries, ",") .. "]"
    end
    return "POST /stream/bench HTTP/1.1\r\nHost: " .. wrk.host .. "\r\nX-API-KEY: " .. os.getenv("BENCH_KEY")
        .. "\r\nContent-Type: application/json\r\nContent-Length: " .. #body .. "\r\n\r\n" .. body
end
