namespace MmoOrleans.Bots.Past;

/// <summary>
/// The acknowledged states of one character in the last seconds. States of a walk lie a quarter of a second or more apart; the newest
/// is always kept as it is. Its bot's lock guards it.
/// </summary>
internal sealed class Trail
{
    /// <summary>Six seconds at four states a second; the check needs three.</summary>
    private const int Most = 24;

    private const int LeastApartMs = 250;

    private readonly List<PastState> _states = new(Most + 1);

    public IReadOnlyList<PastState> States => _states;

    public void Add(PastState state)
    {
        // The newest replaces the one before while that is too close to its own predecessor: what is told is never old.
        if (_states.Count >= 2 && _states[^1].Map == state.Map && _states[^1].TimeMs - _states[^2].TimeMs < LeastApartMs) _states[^1] = state;
        else _states.Add(state);
        if (_states.Count > Most) _states.RemoveAt(0);
    }
}
