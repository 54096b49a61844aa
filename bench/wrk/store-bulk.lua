-- POST /store/bulk: sets 100 keys, all or none.

local common = dofile(os.getenv("BENCH_WRK") .. "/common.lua")
local names = tonumber(os.getenv("BENCH_NAMES"))
local value

function init()
    value = common.values(common.size - 2)
end

function request()
    local first = math.random(0, names / 100 - 1) * 100
    local members = {}
    for index = 1, 100 do
        members[index] = '"' .. common.name(first + index - 1) .. '":"' .. value() .. '"'
    end
    local body = '{"set":{' .. table.concat(members, ",") .. "}}"
    return "POST /store/bulk HTTP/1.1\r\nHost: " .. wrk.host .. "\r\nX-API-KEY: " .. os.getenv("BENCH_KEY")
        .. "\r\nContent-Type: application/json\r\nContent-Length: " .. #body .. "\r\n\r\n" .. body
end
