namespace Baton.JsonSchema.Formats;

/// <summary>`date-time`, `date` and `time` of RFC 3339, section 5.6, and `duration` of its appendix A.</summary>
internal static class TimeFormats
{
    public static bool IsDateTime(ReadOnlySpan<byte> text)
    {
        var cursor = new TextCursor(text);
        return TakeDate(ref cursor) && cursor.Take('T', 't') && TakeTime(ref cursor) && cursor.IsAtEnd;
    }

    public static bool IsDate(ReadOnlySpan<byte> text)
    {
        var cursor = new TextCursor(text);
        return TakeDate(ref cursor) && cursor.IsAtEnd;
    }

    public static bool IsTime(ReadOnlySpan<byte> text)
    {
        var cursor = new TextCursor(text);
        return TakeTime(ref cursor) && cursor.IsAtEnd;
    }

    /// <summary>
    /// Years to days, then T and hours to seconds; or weeks alone. Whole numbers only. A unit in between cannot be left
    /// out, unlike in ISO 8601: the grammar of the appendix wants P1Y0M1D for P1Y1D.
    /// </summary>
    public static bool IsDuration(ReadOnlySpan<byte> text)
    {
        var cursor = new TextCursor(text);
        if (!cursor.Take('P')) return false;
        if (cursor.Rest.EndsWith("W"u8)) return cursor.TakeDigits() > 0 && cursor.Take('W') && cursor.IsAtEnd;
        var dateUnits = TakeUnits(ref cursor, "YMD"u8);
        var timeUnits = 0;
        if (cursor.Take('T') && (timeUnits = TakeUnits(ref cursor, "HMS"u8)) == 0) return false;
        return cursor.IsAtEnd && dateUnits + timeUnits > 0;
    }

    static bool TakeDate(ref TextCursor cursor) =>
        cursor.TakeNumber(digits: 4, max: 9999, out var year)
        && cursor.Take('-')
        && cursor.TakeNumber(digits: 2, max: 12, out var month)
        && month > 0
        && cursor.Take('-')
        && cursor.TakeNumber(digits: 2, max: DaysIn(year, month), out var day)
        && day > 0;

    static int DaysIn(int year, int month) => month switch
    {
        2 => year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28,
        4 or 6 or 9 or 11 => 30,
        _ => 31,
    };

    /// <summary>A second 60 is a leap second, and stands only at the end of a day in UTC.</summary>
    static bool TakeTime(ref TextCursor cursor)
    {
        var isClock = cursor.TakeNumber(digits: 2, max: 23, out var hour)
            & cursor.Take(':')
            & cursor.TakeNumber(digits: 2, max: 59, out var minute)
            & cursor.Take(':');
        if (!isClock || !cursor.TakeNumber(digits: 2, max: 60, out var second)) return false;
        if (cursor.Take('.') && cursor.TakeDigits() == 0) return false;
        if (!TakeOffset(ref cursor, out var offsetMinutes)) return false;
        const int minutesOfDay = 24 * 60;
        var minuteOfDay = (hour * 60 + minute - offsetMinutes + minutesOfDay) % minutesOfDay;
        return second < 60 || minuteOfDay == minutesOfDay - 1;
    }

    static bool TakeOffset(ref TextCursor cursor, out int minutes)
    {
        minutes = 0;
        if (cursor.Take('Z', 'z')) return true;
        var isWest = cursor.Take('-');
        if (!isWest && !cursor.Take('+')) return false;
        var isOffset = cursor.TakeNumber(digits: 2, max: 23, out var hour)
            & cursor.Take(':')
            & cursor.TakeNumber(digits: 2, max: 59, out var minute);
        minutes = (isWest ? -1 : 1) * (hour * 60 + minute);
        return isOffset;
    }

    /// <returns>How many numbers with units there were; -1 after one without.</returns>
    static int TakeUnits(ref TextCursor cursor, ReadOnlySpan<byte> units)
    {
        var count = 0;
        while (cursor.TakeDigits() > 0)
        {
            var unit = cursor.IsAtEnd ? -1 : units.IndexOf(cursor.Rest[0]);
            if (unit < 0 || (count > 0 && unit > 0)) return -1;
            cursor.Take((char)units[unit]);
            units = units[(unit + 1)..];
            count++;
        }

        return count;
    }
}
