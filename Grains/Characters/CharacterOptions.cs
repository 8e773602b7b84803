namespace MmoOrleans.Grains.Characters;

/// <summary>The rules for characters on their way to a map.</summary>
public sealed class CharacterOptions
{
    /// <summary>Where new characters begin, and where those go whose own map is gone. Default: Map001.</summary>
    public string StartMap { get; set; } = "Map001";

    /// <summary>How long a ticket lets its holder enter, and a seat on the map is held for it. Default: 30 seconds.</summary>
    public TimeSpan TicketLifetime { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a selection waits for a map to start. Default: 5 seconds.</summary>
    public TimeSpan MapStartDeadline { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a map may take to give back a character. Then the character goes on from its record. Default: 2 seconds.</summary>
    public TimeSpan EvictionDeadline { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long the target of a warp may take to hold a seat. Then the player walks on. Default: 1.5 seconds.</summary>
    public TimeSpan WarpDeadline { get; set; } = TimeSpan.FromSeconds(1.5);
}
