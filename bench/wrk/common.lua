-- Shared by the load scripts: names, values that differ, and the figures at the end on one line.
-- Everything that can be is built before the run, because wrk runs request() for every request on its one thread.

local common = {}

local names = tonumber(os.getenv("BENCH_NAMES"))
local size = tonumber(os.getenv("BENCH_BODY_BYTES"))
local digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

function common.name(index)
    return string.format("bench-%07d", index)
end

-- One for each name; where there are several keys, one for each of a share of the names and each key.
function common.heads(build)
    local heads, keys = {}, {}
    for key in string.gmatch(os.getenv("BENCH_KEY"), "[^,]+") do
        keys[#keys + 1] = key
    end
    for index = 0, math.ceil(names / #keys) - 1 do
        for _, key in ipairs(keys) do
            heads[#heads + 1] = build(common.name(index), key)
        end
    end
    return heads
end

function common.any(list)
    return list[math.random(#list)]
end

-- A counter of 12 digits makes every value differ; one of 64 random tails of the remaining length follows it.
function common.values(length)
    local tails = {}
    for index = 1, 64 do
        local tail = {}
        for position = 1, length - 12 do
            local digit = math.random(#digits)
            tail[position] = digits:sub(digit, digit)
        end
        tails[index] = table.concat(tail)
    end
    local count = 0
    return function()
        count = count + 1
        return string.format("%012d", count) .. common.any(tails)
    end
end

common.size = size
math.randomseed(os.time())

function done(summary, latency, requests)
    local errors = summary.errors
    io.write(string.format(
        'figures {"requests":%d,"duration_us":%d,"bytes":%d,"connect":%d,"read":%d,"write":%d,"status":%d,'
            .. '"timeout":%d,"p50_us":%d,"p99_us":%d}\n',
        summary.requests, summary.duration, summary.bytes, errors.connect, errors.read, errors.write, errors.status,
        errors.timeout, latency:percentile(50), latency:percentile(99)))
end

return common
