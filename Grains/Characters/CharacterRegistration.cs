using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using MmoOrleans.GrainInterfaces;

namespace MmoOrleans.Grains.Characters;

/// <summary>Registers what the grains of characters and their names need.</summary>
public static class CharacterRegistration
{
    /// <summary>A value out of its range fails the start with the name of the setting.</summary>
    public static ISiloBuilder AddCharacters(this ISiloBuilder silo, Action<CharacterOptions>? configure = null)
    {
        silo.Services.AddOptions<CharacterOptions>().Configure(options => configure?.Invoke(options))
            .Validate(options => MapId.IsName(options.StartMap), "startMap must be a map name: 1 to 64 letters, digits, _ . or -.")
            .Validate(options => options.TicketLifetime > TimeSpan.Zero, "CharacterOptions.TicketLifetime must be positive.")
            .ValidateOnStart();
        silo.Services.TryAddSingleton<IMapCalls, MapCalls>();
        silo.Services.TryAddSingleton<SeatFinding>();
        silo.Services.AddRecords();
        return silo;
    }
}
