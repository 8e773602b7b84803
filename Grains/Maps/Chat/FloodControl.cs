namespace MmoOrleans.Grains.Maps.Chat;

/// <summary>What flood control says to one more line.</summary>
internal enum FloodVerdict
{
    Fine,

    /// <summary>Not this line, but a later one.</summary>
    TooFast,

    /// <summary>Too fast too often.</summary>
    Mute,
}

/// <summary>
/// Keeps one account from flooding the chat: a burst of lines, then one every few seconds. Some lines said too fast are only
/// refused; after that the player is muted, longer each time, until it has behaved for a while.
/// </summary>
internal sealed class FloodControl
{
    private double _allowed = double.MaxValue;
    private DateTimeOffset _asOf;
    private int _violations;
    private int _mutes;
    private DateTimeOffset _lastMuteEnded;

    /// <summary>Whichever character of the account speaks.</summary>
    public DateTimeOffset MutedUntil { get; set; }

    public DateTimeOffset LastSaid => _asOf;

    /// <summary>Nothing is lost when it is forgotten.</summary>
    public bool IsAsNew(MapOptions options, DateTimeOffset now) =>
        _allowed + ((now - _asOf) / options.ChatInterval) >= options.ChatBurst && MutedUntil <= now && now - _lastMuteEnded > options.MuteForgottenAfter;

    /// <summary>Counts one line. With the verdict Mute, for how long.</summary>
    public FloodVerdict Say(MapOptions options, DateTimeOffset now, out TimeSpan mute)
    {
        mute = default;
        Refill(options, now);
        if (_allowed >= 1)
        {
            _allowed--;
            return FloodVerdict.Fine;
        }
        if (++_violations < options.ChatViolationsBeforeMute)
            return FloodVerdict.TooFast;
        mute = NextMute(options, now);
        return FloodVerdict.Mute;
    }

    private void Refill(MapOptions options, DateTimeOffset now)
    {
        _allowed = Math.Min(options.ChatBurst, _allowed + ((now - _asOf) / options.ChatInterval));
        _asOf = now;
        if (_allowed >= options.ChatBurst)
            _violations = 0;
    }

    private TimeSpan NextMute(MapOptions options, DateTimeOffset now)
    {
        if (now - _lastMuteEnded > options.MuteForgottenAfter)
            _mutes = 0;
        var mute = options.MuteSteps[Math.Min(_mutes++, options.MuteSteps.Count - 1)];
        (_violations, _lastMuteEnded) = (0, now + mute);
        MutedUntil = now + mute;
        return mute;
    }
}
