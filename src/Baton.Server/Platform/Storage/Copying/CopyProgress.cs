using System.Globalization;

namespace Baton.Server.Platform.Storage.Copying;

/// <summary>Tells how far a copy is: a bar on a terminal, else a line now and then. Used by one caller.</summary>
internal sealed class CopyProgress(TextWriter output, bool isTerminal, TimeProvider time)
{
    const int BarWidth = 30;

    /// <summary>The number of rows between two looks at the clock.</summary>
    const int Stride = 256;

    static readonly TimeSpan s_barPause = TimeSpan.FromMilliseconds(200);
    static readonly TimeSpan s_linePause = TimeSpan.FromSeconds(10);

    readonly long _start = time.GetTimestamp();
    long _shown = time.GetTimestamp();
    long _done;
    int _barLength;

    /// <summary>Rows to be copied, and as many again to be compared.</summary>
    public long Total { get; set; }

    public TimeSpan Elapsed => time.GetElapsedTime(_start);

    public void RowDone(string doing)
    {
        if (++_done % Stride != 0 || time.GetElapsedTime(_shown) < (isTerminal ? s_barPause : s_linePause)) return;
        _shown = time.GetTimestamp();
        var share = Total == 0 ? 1 : Math.Min(1, (double)_done / Total);
        var text = string.Create(CultureInfo.InvariantCulture, $"{share,4:P0}  {doing}");
        if (isTerminal) Draw($"[{new string('#', (int)(share * BarWidth)).PadRight(BarWidth)}] {text}");
        else output.WriteLine(text.Trim());
    }

    /// <summary>Writes a line that stays on the terminal.</summary>
    public void Tell(string line)
    {
        Erase();
        output.WriteLine(line);
        output.Flush();
    }

    /// <summary>Removes the bar from the terminal.</summary>
    public void Erase()
    {
        if (_barLength > 0) output.Write("\r" + new string(' ', _barLength) + "\r");
        _barLength = 0;
    }

    void Draw(string bar)
    {
        output.Write("\r" + bar.PadRight(_barLength));
        _barLength = bar.Length;
    }
}
