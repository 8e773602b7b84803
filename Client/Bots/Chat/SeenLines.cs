namespace MmoOrleans.Bots.Chat;

/// <summary>The lines of one sender that one bot has heard: the newest number and a bit for each of the 63 before it. An older one counts as heard.</summary>
internal struct SeenLines
{
    private int _newest;
    private ulong _heard;

    /// <summary>Notes the line; false when it was heard before. Numbers begin at 1.</summary>
    public bool Add(int number)
    {
        if (number > _newest)
        {
            var ahead = number - _newest;
            _heard = (ahead < 64 ? _heard << ahead : 0) | 1;
            _newest = number;
            return true;
        }

        var bit = _newest - number < 64 ? 1UL << (_newest - number) : 0;
        if (bit == 0 || (_heard & bit) != 0) return false;
        _heard |= bit;
        return true;
    }
}
