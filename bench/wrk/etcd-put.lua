-- POST /v3/kv/put through etcd's HTTP gateway: keys and values are base64.

local common = dofile(os.getenv("BENCH_WRK") .. "/common.lua")
local alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
local heads, value, padding

local function base64(text)
    local out = {}
    for index = 1, #text, 3 do
        local a, b, c = text:byte(index, index + 2)
        local bits = a * 65536 + (b or 0) * 256 + (c or 0)
        for shift = 3, 0, -1 do
            local digit = math.floor(bits / 64 ^ shift) % 64 + 1
            out[#out + 1] = alphabet:sub(digit, digit)
        end
        if not c then out[#out] = "=" end
        if not b then out[#out - 1] = "=" end
    end
    return table.concat(out)
end

function init()
    -- Letters and digits are base64 already: four of them stand for three bytes, so whole groups are random and the
    -- one to two bytes left over are zeros.
    local rest = common.size % 3
    padding = rest == 0 and "" or base64(string.rep("\0", rest))
    value = common.values((common.size - rest) / 3 * 4)
    heads = common.heads(function(name)
        local body = '{"key":"' .. base64(name) .. '","value":"'
        local length = #body + (common.size - rest) / 3 * 4 + #padding + 2
        return "POST /v3/kv/put HTTP/1.1\r\nHost: " .. wrk.host
            .. "\r\nContent-Type: application/json\r\nContent-Length: " .. length .. "\r\n\r\n" .. body
    end)
end

function request()
    return common.any(heads) .. value() .. padding .. '"}'
end
