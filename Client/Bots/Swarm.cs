using MmoOrleans.Bots.Maps;
using MmoOrleans.Protocol;

namespace MmoOrleans.Bots;

/// <summary>A run: bring all bots in at the ramp's pace, let them walk to their places, measure, and let go.</summary>
internal sealed class Swarm : IDisposable
{
    /// <summary>How much longer than the ramp logins may take before measuring begins without the rest.</summary>
    private static readonly TimeSpan LoginSlack = TimeSpan.FromSeconds(60);

    /// <summary>How long lines that were said in the measured time may still arrive.</summary>
    private static readonly TimeSpan ChatSlack = TimeSpan.FromSeconds(2);

    /// <summary>After this every sampled move was seen or counts as not seen.</summary>
    private static readonly TimeSpan MoveSlack = LatencyProbe.Longest + TimeSpan.FromMilliseconds(500);

    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(500);

    private readonly SwarmContext _context;
    private readonly TextWriter _progress;
    private readonly Bot[] _bots;
    private readonly TurnWheel _moves;
    private readonly TurnWheel _lines;
    private readonly Measurement _measured = new();
    private volatile bool _isTalking;
    private volatile bool _isSettled;
    private volatile Deafness? _deaf;
    private long[] _framesBefore = [];
    private FramesReport _framesOfOne = new(0, 0);
    private string _phase = "logging in";
    private TimeSpan _setOutAt;

    public Swarm(SwarmContext context, TextWriter progress)
    {
        (_context, _progress) = (context, progress);
        _bots = [.. Enumerable.Range(0, Options.Clients).Select(index => new Bot(context, index))];
        context.BotAt = index => _bots[index];
        _moves = new TurnWheel(_bots.Length, Options.MovesPerSecond, () => context.Now, index => _bots[index].TakeTurn());
        _lines = new TurnWheel(_bots.Length, Options.LinesPerSecond, () => context.Now, Say);
    }

    private BotOptions Options => _context.Options;

    /// <summary>Runs to the end, or until it is stopped; the report tells what there was in either case.</summary>
    public async Task<Report> Run(CancellationToken stop)
    {
        using var beating = new CancellationTokenSource();
        var beats = KeepBeating(beating.Token);
        using (new TurnThread(TakeTurns, () => _context.Sockets?.Serve() ?? false))
        {
            await UntilStopped(() => Gather(stop));
            await UntilStopped(() => Measure(stop));
        }

        await beating.CancelAsync();
        await beats;
        Save();
        return Report();
    }

    public void Dispose()
    {
        foreach (var bot in _bots) bot.Dispose();
    }

    private static async Task UntilStopped(Func<Task> phase)
    {
        try
        {
            await phase();
        }
        catch (OperationCanceledException)
        {
            // Ctrl+C: what was measured so far is reported.
        }
    }

    private void TakeTurns()
    {
        if (!_isSettled) _moves.Advance();
        _lines.Advance();
        _deaf?.Advance(_context.Now);
    }

    private async Task Gather(CancellationToken stop)
    {
        var begun = _setOutAt = _context.Now;
        for (var index = 0; index < _bots.Length; index++)
        {
            var due = begun + TimeSpan.FromSeconds(index / Options.LoginsPerSecond) - _context.Now;
            if (due > TimeSpan.FromMilliseconds(1)) await Task.Delay(due, _context.Time, stop);
            _ = _bots[index].Join(stop);
        }

        var loginsUntil = begun + Options.Ramp + LoginSlack;
        await Wait(() => _bots.All(bot => bot.HasEntered || bot.IsOut), loginsUntil, stop);
        _phase = "walking to their places";
        var walks = Options.MovesPerSecond > 0 ? Options.Spread * 2 : TimeSpan.Zero;
        await Wait(() => _bots.All(bot => bot.IsInPlace || bot.IsOut || !bot.HasEntered), _context.Now + walks, stop);
    }

    private async Task Measure(CancellationToken stop)
    {
        _isSettled = Options.Settles;
        if (Options.Deaf > 0) _deaf = new Deafness([.. _bots.TakeLast(Options.Deaf)], _context.Now);
        _phase = "warming up";
        (_context.Chat.Since, _isTalking) = (TimeSpan.MaxValue, true);
        await Wait(() => _bots.All(bot => bot.IsOut), _context.Now + Options.WarmUp, stop);
        Open();
        try
        {
            await Wait(() => _bots.All(bot => bot.IsOut), _context.Now + Options.Duration, stop);
        }
        finally
        {
            Close();
        }

        _phase = "waiting for what was sent last";
        await Wait(() => _context.Latency.IsSettled, _context.Now + MoveSlack, stop);
        if (Options.LinesPerSecond > 0) await Wait(() => _context.Chat.IsSettled, _context.Now + ChatSlack, stop);
    }

    // The two lines are for those who measure the server in the same time, from outside.
    private void Open()
    {
        _phase = "measuring";
        _progress.WriteLine(Measurement.Begins);
        _moves.Lag.Clear();
        _framesBefore = [.. _bots.Select(bot => bot.Tally.Frames)];
        _measured.Open(Total(), _context.Now);
        _context.Chat.Since = _context.Now;
        _context.Latency.IsOpen = true;
    }

    private void Close()
    {
        (_context.Latency.IsOpen, _isTalking) = (false, false);
        _measured.Close(Total(), _context.Now);
        _framesOfOne = FramesReport.Of(_bots.Select((bot, at) => (bot, bot.Tally.Frames - _framesBefore[at])), _measured.Duration);
        _progress.WriteLine(Measurement.Ends);
    }

    private async Task Wait(Func<bool> isOver, TimeSpan until, CancellationToken stop)
    {
        while (!isOver() && _context.Now < until) await Task.Delay(Poll, _context.Time, stop);
    }

    private void Say(int index)
    {
        if (_isTalking) _bots[index].Say();
    }

    private async Task KeepBeating(CancellationToken stop)
    {
        for (var beat = 0; !stop.IsCancellationRequested; beat++)
        {
            Save();
            if (beat % 2 == 0) Tell();
            await Task.Delay(Beat, _context.Time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void Save()
    {
        _context.Book.Save();
        if (Options.HistoryPath is { } path) LineFile.Write(path, _bots.Where(bot => bot.HasEntered).Select(bot => bot.Past()));
    }

    private void Tell()
    {
        var visible = _bots.Select(bot => bot.Visible).OfType<int>().DefaultIfEmpty().Average();
        _measured.Sample(visible);
        var (on, problems) = (_bots.Count(bot => bot.IsOnMap), _context.Problems);
        _progress.WriteLine($"{_context.Now.TotalSeconds,6:F1} s  {_phase}: {on} of {_bots.Length} on a map, {visible:F1} in view, {problems.Dropped} dropped, {problems.Errors} errors, {Busy} busy");
    }

    private Tally Total() => _bots.Aggregate(default(Tally), static (sum, bot) => sum + bot.Tally);

    private long Busy => _bots.Sum(bot => bot.BusyAnswers);

    public Report Report()
    {
        var (counted, seconds) = (_measured.Counted, Math.Max(0.001, _measured.Duration.TotalSeconds));
        var (whole, entered) = (Total(), _bots.Where(bot => bot.HasEntered).ToList());
        return new Report(
            _bots.Length, entered.Count, _context.Problems.Dropped, _context.Problems.Errors, whole.Corrections, Busy, Rounded(_measured.Duration.TotalSeconds), Transport,
            Rounded(LoginsPerSecond(entered)), Rounded(counted.Moves / seconds), Rounded(counted.Updates / seconds), Rounded(counted.Frames / seconds),
            Rounded(counted.Bytes / seconds / _bots.Length), Rounded(_measured.VisibleMean), whole.Warps,
            LatencyReport.Of(_context.Latency.Times), ChatReport.Of(_context.Chat), LatencyReport.Of(_moves.Lag), _context.Problems.Sentences,
            Rounded(counted.Frames / seconds / Math.Max(1, entered.Count(bot => !bot.IsDeaf))), Rounded(counted.SentBytes / seconds / _bots.Length), DeliveryReport.Of(_context.Latency),
            Rounded(_measured.CpuTime.TotalMilliseconds / seconds / _bots.Length, 4), Rounded(LastEntry(entered)))
        {
            FramesOfOnePerS = _framesOfOne,
            Deaf = _bots.Count(bot => bot.IsDeaf),
            HasReceived = Options.MovesPerSecond > 0 && !Options.Settles ? counted.Frames > 0 : counted.Bytes > 0,
        };
    }

    private double LoginsPerSecond(List<Bot> entered) => entered.Count / Math.Max(0.001, LastEntry(entered));

    /// <summary>Since the first one set out: what it took before to make the bots is no business of the server's.</summary>
    private double LastEntry(List<Bot> entered) => entered.Select(bot => (bot.EnteredAt - _setOutAt).TotalSeconds).DefaultIfEmpty().Max();

    private string Transport => Options.Server.Transport == Endpoint.Types.Transport.Websocket ? "websocket" : "tcp";

    private static double Rounded(double number, int digits = 2) => Math.Round(number, digits);
}
